import { startProduction } from './start.js';

/** One node of an installation, without installing or building anything: what a container runs. */
try {
  const running = await startProduction({ onStep: () => undefined });
  if (process.send) process.send({ ready: true, url: running.url });
  else process.stdout.write(`${running.summary}\n`);
  let leaving = false;
  const leave = (): void => {
    if (leaving) return;
    leaving = true;
    running.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', leave);
  process.on('SIGINT', leave);
  // Whoever started it as a part of something larger is gone.
  if (process.send) process.on('disconnect', leave);
} catch (fault) {
  process.stderr.write(`${fault instanceof Error ? fault.message : String(fault)}\n`);
  process.exit(1);
}
