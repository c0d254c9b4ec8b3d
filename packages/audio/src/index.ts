export { type ComparedWindow, compareSpeech, type Delay, findDelay } from './align.ts';
export { createEchoTracer, type EchoTracer } from './echo.ts';
export { createEchoGate, type EchoGate } from './echo-gate.ts';
export { createFft, type Fft } from './fft.ts';
export { createFrameRing, type FrameRing } from './frame-ring.ts';
export { dbfs, findMarkers, markerBurst, rms } from './level.ts';
export { resample } from './resample.ts';
export type { Samples } from './samples.ts';
export { stoi } from './stoi.ts';
export {
  createVoiceDetector,
  type Span,
  VOICE_FRAME_MS,
  VOICE_FRAME_SAMPLES,
  type VoiceDetector,
} from './voice.ts';
export { readWav, toPcm16, writeWav } from './wav.ts';
