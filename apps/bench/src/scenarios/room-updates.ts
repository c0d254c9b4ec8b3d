import { measureFanout } from '../actors/fanout.ts';
import { startServerProcess } from '../actors/server-process.ts';
import { percentile } from '../report/percentile.ts';
import { aimed, figure, type Row } from '../report/report.ts';

const PER_SECOND = 5;
const SECONDS = 30;
/** Above 500 tabs frames are four a second, as for an audience on WebRTC. */
const SIZES = [
  { tabs: 500, atMostMs: 100 },
  { tabs: 8_000, atMostMs: 400 },
];

/** A room's updates to an audience of 500 and of 8,000, on one server process. */
export async function roomUpdates(say: (line: string) => void): Promise<Row[]> {
  const rows: Row[] = [];
  for (const { tabs, atMostMs } of SIZES) {
    say('Starting the server…');
    const server = await startServerProcess();
    try {
      const done = await measureFanout({ server, tabs, speakers: 2, perSecond: PER_SECOND, seconds: SECONDS, say });
      const { delaysMs, cpuSeconds } = done;
      rows.push(
        aimed(`${tabs} tabs: every update once and in order`, done.complete, 'tabs', { atLeast: tabs }),
        aimed(`${tabs} tabs: missed, doubled or out of turn`, done.wrong, 'updates', { atMost: 0 }),
        figure(`${tabs} tabs: updates delivered`, delaysMs.length / done.seconds, '1/s'),
        figure(`${tabs} tabs: delivery p50`, percentile(delaysMs, 0.5), 'ms'),
        aimed(`${tabs} tabs: delivery p99`, percentile(delaysMs, 0.99), 'ms', { atMost: atMostMs }),
        figure(`${tabs} tabs: processor for a delivered update`, (1e6 * cpuSeconds) / delaysMs.length, 'µs'),
      );
    } finally {
      await server.stop();
    }
  }
  return rows;
}
