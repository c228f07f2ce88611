import { mount } from 'svelte';
import App from './App.svelte';
import './app.css';
import { startLive } from './lib/live.svelte.ts';
import { startRouter } from './lib/router.svelte.ts';
import { startTheme } from './lib/theme.svelte.ts';

startTheme();
startRouter();
startLive();
mount(App, { target: document.getElementById('page')! });
