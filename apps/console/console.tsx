import { App as AntApp, ConfigProvider } from 'antd';
import zhCN from 'antd/locale/zh_CN';
import { createBrowserRouter, Navigate, RouterProvider } from 'react-router';
import { FindingScreen } from './findings/finding-screen';
import { FindingsScreen } from './findings/findings-screen';
import { PlatformsScreen } from './platforms/platforms-screen';
import { RunScreen } from './runs/run-screen';
import { RunsScreen } from './runs/runs-screen';
import { Missing } from './screen/missing';
import { Frame } from './session/frame';

const router = createBrowserRouter([
  {
    path: '/',
    element: <Frame />,
    children: [
      { index: true, element: <Navigate to="/findings?decision=undecided" replace /> },
      { path: 'findings', element: <FindingsScreen /> },
      { path: 'findings/:id', element: <FindingScreen /> },
      { path: 'runs', element: <RunsScreen /> },
      { path: 'runs/:id', element: <RunScreen /> },
      { path: 'platforms', element: <PlatformsScreen /> },
      { path: '*', element: <Missing /> },
    ],
  },
]);

const theme = {
  token: {
    colorPrimary: '#1f4e79',
    colorLink: '#1f5c99',
    borderRadius: 4,
    fontSize: 13,
    fontFamily: '"PingFang SC","Microsoft YaHei","Noto Sans CJK SC","Source Han Sans SC",sans-serif',
    motion: false,
  },
  components: { Table: { cellPaddingBlockSM: 7, cellPaddingInlineSM: 10, headerBg: '#f3f5f8' } },
};

/** The reviewers' console. */
export function Console() {
  return (
    <ConfigProvider locale={zhCN} theme={theme} button={{ autoInsertSpace: false }}>
      <AntApp message={{ top: 52, maxCount: 1, duration: 2 }}>
        <RouterProvider router={router} />
      </AntApp>
    </ConfigProvider>
  );
}
