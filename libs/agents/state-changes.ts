import type { AgentLayers } from '#libs/contracts/index.js';

export type Layer = 'connection' | 'routing' | 'responding';

/** Why the connection or the answering changed, as it stands in the log. */
export type Cause = 'came' | 'lost' | 'node_lost' | Departure | 'chosen' | 'offer_expired' | 'resumed';

/** Why somebody went offline. */
export type Departure = 'grace_over' | 'signed_out';

export interface LayerChange {
  layer: Layer;
  from: string;
  to: string;
  reason: string | null;
}

/** What changed between two moments: one entry for each layer that did. Another reason for being away is a change too. */
export function changesBetween(before: AgentLayers, after: AgentLayers, cause: Cause): LayerChange[] {
  const changes: LayerChange[] = [];
  if (before.connection !== after.connection)
    changes.push({ layer: 'connection', from: before.connection, to: after.connection, reason: cause });
  if (before.routing !== after.routing || before.reason !== after.reason)
    changes.push({ layer: 'routing', from: before.routing, to: after.routing, reason: after.reason });
  if (before.notResponding !== after.notResponding)
    changes.push({
      layer: 'responding',
      from: responding(before),
      to: responding(after),
      reason: cause,
    });
  return changes;
}

function responding({ notResponding }: AgentLayers): string {
  return notResponding ? 'not_responding' : 'responding';
}

/** Whether there are sockets anywhere is all that counts; only time or a sign-out makes somebody offline. */
export function withSockets(layers: AgentLayers, some: boolean): AgentLayers {
  if (some) return { ...layers, connection: 'connected' };
  return layers.connection === 'connected' ? { ...layers, connection: 'grace' } : layers;
}

/** Whoever's line was lost comes back as she was; whoever signed out begins the next day with 受付可 by her own hand. */
export function departed(layers: AgentLayers, departure: Departure): AgentLayers {
  return departure === 'signed_out'
    ? { connection: 'disconnected', routing: 'not_ready', reason: null, notResponding: false }
    : { ...layers, connection: 'disconnected' };
}

/** Whoever chooses is there; and a supervisor who makes somebody ready means to restore her. */
export function chosen(
  layers: AgentLayers,
  choice: Pick<AgentLayers, 'routing' | 'reason'>,
  own: boolean,
): AgentLayers {
  const reason = choice.routing === 'ready' ? null : choice.reason;
  const notResponding = layers.notResponding && !own && choice.routing !== 'ready';
  return { ...layers, routing: choice.routing, reason, notResponding };
}
