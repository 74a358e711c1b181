/** The settings of a process, read once at start, and where the project lies. */
export { type Environment } from './environment';
export { programVersion, projectRoot } from './project-root';
export { environmentWith, isSettingGiven, processSettings } from './process-settings';
