export { SandaiProvider, type SandaiProviderOptions } from './provider.ts';
export {
  type Asker,
  type Configuration,
  type ConfigurationSource,
  type ServerOptions,
  serverSource,
  UnknownPlayer,
  type ValueSource,
} from './source.ts';
