export declare const LIMIT_KB: number;
export declare function firstLoad(folder: string): { parts: { file: string; kb: number }[]; kb: number };
