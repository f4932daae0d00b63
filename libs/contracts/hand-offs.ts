/** Why a bot hands a customer over to people. `failed`, `late`, `loop` and `words` are said by the console itself. */
export type HandOffReason = 'asked' | 'unsure' | 'done' | 'rule' | 'failed' | 'late' | 'loop' | 'words';
