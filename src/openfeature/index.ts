export type { Asker } from './asker.ts';
export { type Definitions, type DefinitionsSource, serverDefinitions, type TaggedDefinitions } from './definitions.ts';
export { type ExposureRecorder, Exposures, type ExposuresOptions, serverExposures } from './exposures.ts';
export { exposureEvent, SandaiProvider, type SandaiProviderOptions } from './provider.ts';
export { type ServerOptions, TokenRefused, UnknownPlayer } from './server.ts';
export { type Configuration, type ConfigurationSource, serverSource, type ValueSource } from './source.ts';
