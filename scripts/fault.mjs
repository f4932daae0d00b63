/** Something that a person can put right: one sentence says what is wrong, one what to do. */
export class Fault extends Error {
  constructor(message, remedy) {
    super(message);
    this.remedy = remedy;
  }
}

/** The sentences to show for an error of any origin. */
export function sentencesOf(error) {
  if (error?.remedy) return [error.message, error.remedy];
  if (error?.name === 'SettingsError') return [error.message, 'Correct them in the environment and start again.'];
  const setting = error?.port === Number(process.env.SIM_PORT ?? 3001) ? 'SIM_PORT' : 'PORT';
  switch (error?.code) {
    case 'EADDRINUSE':
      return [
        `Port ${error.port} is taken by another program.`,
        `Stop that program, or choose another port: ${setting}=${error.port + 100} npm start`,
      ];
    case 'EADDRNOTAVAIL':
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      if (error.syscall === 'listen') {
        return [
          `Port ${error.port} may not be opened (${error.code}).`,
          `Choose another port: ${setting}=3100 npm start`,
        ];
      }
      return [
        `${error.path ?? 'A file'} cannot be written (${error.code}).`,
        'Start as the owner of this directory, or set DATA_DIR to a directory that you may write to.',
      ];
    case 'ENOSPC':
    case 'EDQUOT':
      return [`The disk is full${error.path ? ` (writing ${error.path})` : ''}.`, 'Free some space and start again.'];
    default:
      return [error?.stack ?? String(error)];
  }
}
