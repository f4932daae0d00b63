import type { AgentPreferences, KeyChoice, SignalKind } from '#libs/contracts/index.js';
import { listOf, object, optional, orNull, text, time, words, yesOrNo, type Described } from './api-schema.js';

export interface PreferencesViews {
  AgentPreferences: AgentPreferences;
}

const kind = words<SignalKind>({ offer: true, queue: true, message: true, mention: true, due: true });

/** What people want at every desk. */
export const preferencesViews: { [N in keyof PreferencesViews]: Described<PreferencesViews[N]> } = {
  AgentPreferences: object<AgentPreferences>({
    sendKey: optional(words<'modEnter' | 'enter'>({ modEnter: true, enter: true })),
    shortcuts: optional(yesOrNo),
    keys: optional(listOf(object<KeyChoice>({ command: text, keys: listOf(text) }))),
    quietKinds: optional(listOf(kind)),
    quietUntil: optional(orNull(time)),
    quietAway: optional(yesOrNo),
    toured: optional(yesOrNo),
  }),
};
