/**
 * Makes the recordings of the demo's rooms, and the speech of the end-to-end tests, from their texts. Only the results
 * are shipped; run it again after changing a text. Needs `espeak-ng`, `sox` and `opusenc` (Debian: espeak-ng, sox,
 * opus-tools).
 *
 *     node apps/bench/demo/make-speech.ts
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

type Voice = { voice: string; pitch: number; wordsPerMinute: number };
type Turn = { who: string; text: string };
type Room = { id: string; welcome: Turn; turns: Turn[] };

/** One voice for each person who speaks. */
const voices: Record<string, Voice> = {
  anna_rinaldi: { voice: 'en-gb-x-rp+f3', pitch: 48, wordsPerMinute: 158 },
  marta_conti: { voice: 'en-gb+f2', pitch: 62, wordsPerMinute: 164 },
  nia_williams: { voice: 'en-us+f5', pitch: 38, wordsPerMinute: 152 },
  sara_okafor: { voice: 'en-gb+f4', pitch: 50, wordsPerMinute: 160 },
  tomas_herrera: { voice: 'en-us+m3', pitch: 44, wordsPerMinute: 166 },
  amara_diallo: { voice: 'en-029+f2', pitch: 44, wordsPerMinute: 156 },
  tunde_adeyemi: { voice: 'en-029+m7', pitch: 36, wordsPerMinute: 162 },
  priya_nair: { voice: 'en-gb-x-rp+f2', pitch: 66, wordsPerMinute: 170 },
  yuki_tanaka: { voice: 'en-us+f3', pitch: 58, wordsPerMinute: 150 },
  giulia_serra: { voice: 'it+f3', pitch: 52, wordsPerMinute: 164 },
  paolo_neri: { voice: 'it+m3', pitch: 26, wordsPerMinute: 150 },
  luca_ferri: { voice: 'it+m7', pitch: 48, wordsPerMinute: 170 },
  lin_mei: { voice: 'cmn-latn-pinyin+f2', pitch: 54, wordsPerMinute: 160 },
  chen_hao: { voice: 'cmn-latn-pinyin+m3', pitch: 42, wordsPerMinute: 165 },
  wang_fang: { voice: 'cmn-latn-pinyin+f4', pitch: 44, wordsPerMinute: 155 },
  rafael_souza: { voice: 'en-us+m7', pitch: 40, wordsPerMinute: 168 },
  kwame_mensah: { voice: 'en-029+m3', pitch: 32, wordsPerMinute: 154 },
  ines_duarte: { voice: 'en-gb-scotland+f3', pitch: 56, wordsPerMinute: 164 },
};

/** Rich in sounds, for measuring whether speech can be understood. */
const testSpeech =
  'Eight grey herons watched the judge row past the chapel wharf. ' +
  'She measured thin slices of yellow cheese, though nobody asked why. ' +
  'Our voyage began with pure joy, a huge blue trunk, and five thick books.';

const here = import.meta.dirname;
const scratch = mkdtempSync(join(tmpdir(), 'speech-'));

function speak(options: { text: string; by: Voice; to: string; kilobits: number }): void {
  const { text, by, to, kilobits } = options;
  const raw = join(scratch, 'raw.wav');
  const mastered = join(scratch, 'mastered.wav');
  const voice = ['-v', by.voice, '-p', String(by.pitch), '-s', String(by.wordsPerMinute)];
  execFileSync('espeak-ng', [...voice, '-w', raw, text]);
  // Silence at both ends goes, the synthesiser's hiss is softened, all people are equally loud.
  const trim = ['silence', '1', '0.01', '0.5%', 'reverse'];
  const tone = [
    'gain',
    '-6',
    'bass',
    '+2',
    'treble',
    '-3',
    '7000',
    'compand',
    '0.01,0.2',
    '6:-50,-30,-14',
    '-5',
    '-60',
    '0.1',
  ];
  execFileSync('sox', [
    '-D',
    raw,
    '-r',
    '24000',
    mastered,
    ...trim,
    ...trim,
    ...tone,
    'norm',
    '-3',
    'pad',
    '0.04',
    '0.06',
  ]);
  const encoding = ['--bitrate', String(kilobits), '--vbr', '--speech', '--discard-comments', '--padding', '0'];
  execFileSync('opusenc', ['--quiet', ...encoding, '--serial', '1', mastered, to]);
}

const { rooms } = JSON.parse(readFileSync(join(here, 'rooms.json'), 'utf8')) as { rooms: Room[] };
for (const room of rooms) {
  const folder = join(here, 'recordings', room.id);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const record = (turn: Turn, name: string) => {
    const by = voices[turn.who];
    if (!by) throw new Error(`${turn.who} has no voice`);
    speak({ text: turn.text, by, to: join(folder, `${name}.ogg`), kilobits: 16 });
  };
  for (const [n, turn] of room.turns.entries()) record(turn, String(n + 1).padStart(2, '0'));
  record(room.welcome, 'welcome');
}
speak({
  text: testSpeech,
  by: { voice: 'en-gb+f3', pitch: 46, wordsPerMinute: 158 },
  to: join(here, '../../../e2e/fixtures/speech.ogg'),
  kilobits: 40,
});
rmSync(scratch, { recursive: true });
