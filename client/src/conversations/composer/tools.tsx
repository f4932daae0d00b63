import { memo, type ComponentType } from 'react';
import { IdeasTool } from '../../bots/ideas-tool.js';
import { CannedTool } from '../../canned/canned-tool.js';
import { AttachTool, PlaceTool, StickerTool } from '../../media/attach-tools.js';
import type { ToolProps } from './tool-button.js';
import styles from './tools.module.css';

/** The row under the field, from left to right. A tool that has no use in a tab renders nothing there. */
const tools: readonly { name: string; Tool: ComponentType<ToolProps> }[] = [
  { name: 'canned', Tool: CannedTool },
  { name: 'ideas', Tool: IdeasTool },
  { name: 'attach', Tool: AttachTool },
  { name: 'sticker', Tool: StickerTool },
  { name: 'place', Tool: PlaceTool },
];

export const Tools = memo(function Tools({ hands }: ToolProps) {
  if (tools.length === 0) return null;
  return (
    <div className={styles.tools}>
      {tools.map(({ name, Tool }) => (
        <Tool key={name} hands={hands} />
      ))}
    </div>
  );
});
