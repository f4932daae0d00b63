import { preferences, type Preferences } from './preferences.js';

const zooms: Record<Preferences['fontSize'], string> = { small: '0.92', normal: '', large: '1.1', larger: '1.22' };

/** The size of letters and the room between rows, wherever they are used: on the document itself. */
export function followLook(): void {
  const apply = () => {
    const { fontSize, density } = preferences.get();
    const { style, dataset } = document.documentElement;
    style.setProperty('zoom', zooms[fontSize]);
    dataset['density'] = density;
  };
  apply();
  preferences.subscribe(apply);
}
