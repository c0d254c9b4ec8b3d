export { barriers, barriersOn } from './barriers.ts';
export { findChromium, launchBrowser } from './browser.ts';
export { type House, type HouseOptions, openHouse, type PersonOptions, type VisitorOptions } from './house.ts';
export type { Api, PageKit, Person, Recording, Ring, Tab, Visitor } from './person.ts';
export * from './room.ts';
export type { ServerProcess } from './server-process.ts';
export { readSpeech, SAMPLE_RATE, say, tone } from './sound.ts';
