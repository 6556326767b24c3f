import { useEffect } from 'react';
import { chatWords } from '../copy/chatWords';
import { panelWords } from '../copy/panelWords';
import { presentedWords } from '../copy/presentedWords';
import { trendWords } from '../copy/trendWords';
import { words } from '../copy/words';
import { ColumnEdge } from '../design/ColumnEdge';
import { columns } from '../design/columns';
import { deferred } from '../design/deferred';
import { ActionMenu } from '../features/actions/ActionMenu';
import { Sheets } from '../features/actions/Sheets';
import { ActivityPanel } from '../features/activity/ActivityPanel';
import { ApprovalsPanel } from '../features/approvals/ApprovalsPanel';
import { Banners } from '../features/connection/Banners';
import { ChatPanel } from '../features/chat/ChatPanel';
import { ConnectionBar } from '../features/connection/ConnectionBar';
import { PulseRail } from '../features/connection/PulseRail';
import { StillBanner } from '../features/modes/StillBanner';
import { useStillness } from '../features/modes/useStillness';
import { GuestsPanel } from '../features/guests/GuestsPanel';
import { NodesPanel } from '../features/nodes/NodesPanel';
import { HomePanels } from '../features/panels/Panels';
import { useAlerts } from '../features/notifications/useAlerts';
import { Palette } from '../features/palette/Palette';
import { PresentedPanel } from '../features/presented/PresentedPanel';
import { ProblemsPanel } from '../features/problems/ProblemsPanel';
import { StoragesPanel } from '../features/storages/StoragesPanel';
import { TaskLogSheet } from '../features/tasks/TaskLogSheet';
import { Terminals } from '../features/terminal/Terminals';
import { Toasts } from '../features/toasts/Toasts';
import { Trends } from '../features/trends/Trends';
import { VerdictLine } from '../features/verdict/VerdictLine';
import { useClusterStore } from '../stores/clusterStore';
import { useTerminalStore } from '../stores/terminalStore';
import { useUiStore } from '../stores/uiStore';
import { RegionBoundary } from './RegionBoundary';
import { TopBar } from './TopBar';
import { useKeymap } from './useKeymap';
import { Views } from './Views';
import { warm } from './warm';

const Unconfigured = deferred(() => import('../features/connection/Unconfigured').then((part) => part.Unconfigured));

/** The shell: top bar, left column, centre, Pulse Rail. `locked` while the session is gone. */
export function Dashboard({ locked }: { locked: boolean }) {
  useKeymap();
  useStillness();
  useAlerts();
  const loaded = useClusterStore((state) => state.loaded);
  useEffect(() => (loaded ? warm() : undefined), [loaded]);
  const wall = useUiStore((state) => state.wall);
  const terminal = useTerminalStore((state) => (state.collapsed ? 'rail' : 'open'));
  const view = useUiStore((state) => state.view);
  const unconfigured = useClusterStore((state) => state.loaded && state.refs.cluster.length === 0);
  return (
    <div id="app" data-view={view} data-terminal={terminal} data-unconfigured={unconfigured} inert={locked || wall}>
      <a className="skip" href="#centre">{words.skip}</a>
      <TopBar />
      <section className="notices" aria-label={words.regions.notices}>
        <ConnectionBar />
        <StillBanner />
        <Banners />
      </section>
      <aside id="left" className="col" aria-label={words.regions.left} tabIndex={-1}>
        <RegionBoundary name={words.nodes.title}><NodesPanel /></RegionBoundary>
        <RegionBoundary name={words.guests.title}><GuestsPanel /></RegionBoundary>
        <RegionBoundary name={words.storages.title}><StoragesPanel /></RegionBoundary>
        <ColumnEdge column={columns.left} label={words.resize} className="sep" />
      </aside>
      <main id="centre" className="col" aria-label={words.regions.centre} tabIndex={-1}>
        <RegionBoundary name={words.regions.centre}><VerdictLine /></RegionBoundary>
        {unconfigured && <RegionBoundary name={words.unconfigured.title}><Unconfigured /></RegionBoundary>}
        <RegionBoundary name={words.approvals.title}><ApprovalsPanel /></RegionBoundary>
        <div className="pair fill">
          <RegionBoundary name={words.problems.title}><ProblemsPanel /></RegionBoundary>
          <div id="activity" className="fill" tabIndex={-1}>
            <RegionBoundary name={words.activity.title}><ActivityPanel /></RegionBoundary>
          </div>
        </div>
        <RegionBoundary name={trendWords.title}><Trends /></RegionBoundary>
        <RegionBoundary name={panelWords.region}><HomePanels /></RegionBoundary>
        <div className="talk">
          <RegionBoundary name={chatWords.title}><ChatPanel /></RegionBoundary>
          <RegionBoundary name={presentedWords.title}><PresentedPanel /></RegionBoundary>
        </div>
      </main>
      <RegionBoundary name={words.terminal.title}><Terminals /></RegionBoundary>
      <footer id="rail" aria-label={words.regions.rail}><PulseRail /></footer>
      <Views />
      <Toasts />
      <ActionMenu />
      <Sheets />
      <Palette />
      <TaskLogSheet />
    </div>
  );
}
