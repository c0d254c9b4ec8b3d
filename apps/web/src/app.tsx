import { i18n } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { meOptions } from './me.ts';
import { ownBuild } from './new-build.ts';
import { createAppRouter } from './routes.tsx';
import { refusal, updatesUrl } from './rpc.ts';
import { ToastRegion } from './ui/toast.tsx';
import { createUpdates, UpdatesProvider } from './updates/index.ts';

const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      // A refusal stays one when asked again; only a missing answer is worth another try.
      retry: (failures, error) => failures < 2 && refusal(error) === null,
    },
  },
  queryCache: new QueryCache({
    onError: (error) => {
      if (refusal(error)?.code === 'UNAUTHORIZED') queryClient.setQueryData(meOptions().queryKey, null);
    },
  }),
});
const updates = createUpdates({ url: updatesUrl(), build: ownBuild() });
const router = createAppRouter(queryClient);

export function App() {
  return (
    <I18nProvider i18n={i18n}>
      <QueryClientProvider client={queryClient}>
        <UpdatesProvider value={updates}>
          <RouterProvider router={router} />
          <ToastRegion />
        </UpdatesProvider>
      </QueryClientProvider>
    </I18nProvider>
  );
}
