import { measureFanout } from '../actors/fanout.ts';
import { startServerProcess } from '../actors/server-process.ts';
import { percentile } from '../report/percentile.ts';
import { aimed, figure, type Row } from '../report/report.ts';

const TABS = 300;

/** 300 people watch a room in which something happens twenty times a second. */
export async function updatesFanout(say: (line: string) => void): Promise<Row[]> {
  say('Starting the server…');
  const server = await startServerProcess();
  try {
    const done = await measureFanout({ server, tabs: TABS, speakers: 5, perSecond: 20, seconds: 10, say });
    const { seconds, commandMs, delaysMs } = done;
    return [
      figure('updates', commandMs.length / seconds, '1/s'),
      figure('frames', delaysMs.length / seconds, '1/s'),
      figure('command p50', percentile(commandMs, 0.5), 'ms'),
      figure('from the server’s stamp to a tab p50', percentile(delaysMs, 0.5), 'ms'),
      figure('from the server’s stamp to a tab p95', percentile(delaysMs, 0.95), 'ms'),
      figure(
        'from the server’s stamp to a tab, longest',
        delaysMs.reduce((a, b) => Math.max(a, b), 0),
        'ms',
      ),
      figure('server processor share', (100 * done.cpuSeconds) / seconds, '% of a core'),
      aimed('tabs that got everything', done.complete, 'tabs', { atLeast: TABS }),
      aimed('updates missed, doubled or out of turn', done.wrong, 'updates', { atMost: 0 }),
    ];
  } finally {
    await server.stop();
  }
}
