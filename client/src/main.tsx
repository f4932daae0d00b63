// Before everything else: see there.
import './http/ask-early.js';
import { MantineProvider, localStorageColorSchemeManager } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './mantine.css';
import './global.css';
import { queryClient, reachForLine, watchWindow } from './desk.js';
import { startTranslations } from './i18n/i18n.js';
import { router } from './router.js';
import { followLook } from './settings/look.js';
import { resolver, theme } from './theme.js';

reachForLine();
await startTranslations();
watchWindow();
followLook();

const colorSchemes = localStorageColorSchemeManager({ key: 'madoguchi.theme' });
const root = document.getElementById('root');
if (!root) throw new Error('the page has no #root');

createRoot(root).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      cssVariablesResolver={resolver}
      colorSchemeManager={colorSchemes}
      defaultColorScheme="auto"
    >
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);

// Its sheet alone is 30 kB: beside the first paint, not before it.
void import('./fonts.js');
