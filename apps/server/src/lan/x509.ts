// The library finds its algorithms by decorators, which need this first.
import 'reflect-metadata';

export * from '@peculiar/x509';
