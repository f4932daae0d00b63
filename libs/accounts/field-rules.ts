/** Carriers may sit in a private network, so names without a dot are allowed; only admins get here. */
export const web = { protocols: ['http', 'https'], require_protocol: true, require_tld: false };

/** Left out means "as it is". */
export const present = (_: object, value: unknown): boolean => value !== undefined;

export const oneLine: [RegExp, { message: string }] = [
  /^(?=.*\S)[^\p{Cc}]*$/u,
  { message: '$property must be one line and not only spaces' },
];

/** PostgreSQL keeps no NUL in a text. */
export const noNul: [RegExp, { message: string }] = [/^[^\0]*$/, { message: '$property must not contain NUL' }];

export const host: [RegExp, { each: boolean; message: string }] = [
  /^[A-Za-z0-9.[\]:-]{1,255}$/,
  { each: true, message: 'each value in $property must be a host, with a port where it has one' },
];
