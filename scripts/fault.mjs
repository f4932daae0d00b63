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
    case 'ECONNREFUSED':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
      return [`${outer()} cannot be reached (${error.code}).`, 'Start it, or correct the address, and start again.'];
    case '28P01':
    case '28000':
      return ['The database refuses the user or the password in DATABASE_URL.', 'Correct them and start again.'];
    case '3D000':
      return [
        `The database of DATABASE_URL does not exist: ${error.message}.`,
        'Make it (`createdb`) and start again.',
      ];
    case '42501':
      return [
        `The database lets this user not do what is needed: ${error.message}.`,
        'Make the user of DATABASE_URL the owner of its database and start again.',
      ];
    default:
      return [error?.stack ?? String(error)];
  }
}

/** Which server of others is meant; its password stays out of the sentence. */
function outer() {
  const named = ['DATABASE_URL', 'REDIS_URL'].filter((name) => process.env[name]);
  const hosts = named.map(
    (name) => `${name === 'REDIS_URL' ? 'Redis' : 'the database'} at ${new URL(process.env[name]).host}`,
  );
  const text = hosts.join(' or ') || 'A server';
  return text[0].toUpperCase() + text.slice(1);
}
