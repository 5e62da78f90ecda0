import type { ComponentChildren, VNode } from 'preact';
import { Layout, type PageModel } from '../platform/web/layout.view.js';

/** `title` is plain text for the window; `isPlayed` pages are those of the built-in app and of the choice, which the script brings to life. */
interface SimulatorLayoutModel extends PageModel {
  title: string;
  isPlayed?: boolean;
  children: ComponentChildren;
}

/** What stands around every page of the simulator. */
export function SimulatorLayout({ title, frame, isPlayed = false, children }: SimulatorLayoutModel): VNode {
  return (
    <Layout title={title} frame={frame} width="wide" style="launch.css" {...(isPlayed && { script: 'launch.js' })}>
      {children}
    </Layout>
  );
}
