/**
 * Loaded into a console before its own program: on request it collects garbage and says what is left. What is measured
 * is what the process holds, not when it last tidied up.
 */
process.on('message', (message: { memory?: true }) => {
  if (!message.memory) return;
  gc!();
  gc!();
  process.send!({ memory: process.memoryUsage() });
});
// A listener must not be what keeps the process alive.
process.channel?.unref();

export {};
