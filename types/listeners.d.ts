/** Listeners as attributes of a template, `onunread-change={…}`: how React, Preact and Svelte write them. */
export type Listeners<Events> = { [Name in keyof Events & string as `on${Name}`]?: (event: Events[Name]) => void };
