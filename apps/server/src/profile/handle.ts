export type HandleVerdict = 'free' | 'taken' | 'reserved' | 'look_alike' | 'shape';
