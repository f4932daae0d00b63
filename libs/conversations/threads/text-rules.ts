/** Far above what can be sent; the real limits are checked, with both numbers, where the message is written. */
export const ANY_TEXT = 100_000;
/** PostgreSQL stores no NUL, and half a surrogate pair is no character. */
export const storable = /^(?:[^\0\uD800-\uDFFF]|[\uD800-\uDBFF][\uDC00-\uDFFF])*$/;
export const storableMessage = { message: '$property must not contain NUL or half a surrogate pair' };
