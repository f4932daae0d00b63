import { describe, expect, it } from 'vitest';
import { isSignedWith, newSecret, signed, SIGNATURE_TOLERANCE_SECONDS } from './signature.js';

/** The example that the specification's own libraries are tested with. */
const example = {
  secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  at: new Date(1614265330 * 1000),
  body: '{"test": 2432232314}',
  signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
};

describe('a signature', () => {
  it('is the one of the specification’s example', () => {
    expect(signed([example.secret], example.id, example.body, example.at)).toEqual({
      'webhook-id': example.id,
      'webhook-timestamp': '1614265330',
      'webhook-signature': example.signature,
    });
  });

  it('is found among several, and not with another secret, body, id or time', () => {
    const headers = signed([newSecret(), example.secret], example.id, example.body, example.at);
    const holds = (more: object = {}, secret = example.secret, body = example.body, at = example.at) =>
      isSignedWith(secret, { ...headers, ...more }, body, at);
    expect(holds()).toBe(true);
    expect(holds({}, newSecret())).toBe(false);
    expect(holds({}, example.secret, `${example.body} `)).toBe(false);
    expect(holds({ 'webhook-id': 'msg_2' })).toBe(false);
    expect(holds({ 'webhook-timestamp': '1614265331' })).toBe(false);
    expect(holds({ 'webhook-signature': example.signature.replace('v1', 'v2') })).toBe(false);
    expect(holds({ 'webhook-signature': 'v1' })).toBe(false);
    const late = new Date(example.at.getTime() + (SIGNATURE_TOLERANCE_SECONDS + 1) * 1000);
    expect(holds({}, example.secret, example.body, late)).toBe(false);
  });
});
