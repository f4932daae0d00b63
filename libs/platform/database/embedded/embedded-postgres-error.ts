/** The embedded PostgreSQL cannot serve: one sentence says why, one says what to do. Both are meant for the screen. */
export class EmbeddedPostgresError extends Error {
  constructor(
    message: string,
    readonly remedy: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'EmbeddedPostgresError';
  }
}

const ownDatabase = 'set DATABASE_URL to a PostgreSQL of your own';

const known: { sign: RegExp; message: (where: string) => string; remedy: string }[] = [
  {
    sign: /no space left on device|ENOSPC|disk quota exceeded|EDQUOT/i,
    message: (where) => `The disk that holds ${where} is full.`,
    remedy: 'Free some space there, or set DATA_DIR to a directory on another disk, and start again.',
  },
  {
    sign: /could not (create|resize|map).*shared memory|\/dev\/shm/i,
    message: () => 'PostgreSQL was refused the shared memory it needs.',
    remedy: `Give the machine more (in a container --shm-size=256m), or ${ownDatabase}.`,
  },
  {
    sign: /cannot allocate memory|out of memory|ENOMEM/i,
    message: () => 'There is not enough memory left to start PostgreSQL.',
    remedy: `Free some memory, or ${ownDatabase}.`,
  },
  {
    sign: /invalid permissions|could not change permissions|wrong ownership/i,
    message: (where) => `${where} belongs to another user or lies on a file system that keeps no permissions.`,
    remedy: `Set DATA_DIR to a directory of your own on a local disk, or ${ownDatabase}.`,
  },
  {
    sign: /read-only file system|EROFS|permission denied|operation not permitted|EACCES|EPERM|ENOTDIR|EEXIST/i,
    message: (where) => `${where} cannot be written.`,
    remedy: 'Set DATA_DIR to a directory that you may write to, and start again.',
  },
  {
    sign: /error while loading shared libraries|cannot open shared object|not found \(required by|Library not loaded/i,
    message: () => 'The PostgreSQL binaries lack a system library on this machine.',
    remedy: `Install PostgreSQL with the system's packages, or ${ownDatabase}.`,
  },
];

/** Puts what a program printed, or what the system answered, into a sentence and a remedy. */
export function explain(cause: unknown, where: string, doing: string): EmbeddedPostgresError {
  if (cause instanceof EmbeddedPostgresError) return cause;
  const said =
    cause instanceof Error ? `${(cause as NodeJS.ErrnoException).code ?? ''} ${cause.message}` : String(cause);
  const match = known.find(({ sign }) => sign.test(said));
  if (match) return new EmbeddedPostgresError(match.message(where), match.remedy, { cause });
  return new EmbeddedPostgresError(
    `PostgreSQL failed while ${doing}: ${lastWords(said)}`,
    `If that does not tell enough, ${ownDatabase}.`,
    { cause },
  );
}

function lastWords(text: string): string {
  const lines = text.split('\n').map((line) => line.trim());
  const line = lines.findLast((each) => /(FATAL|PANIC|error):/i.test(each)) ?? lines.findLast((each) => each !== '');
  return (line ?? 'it said nothing').replace(/^.*?(FATAL|PANIC|error):\s*/i, '').slice(0, 300);
}
