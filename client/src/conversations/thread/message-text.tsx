import { memo } from 'react';
import { linkify } from './linkify.js';

export const MessageText = memo(function MessageText({ text }: { text: string }) {
  return linkify(text).map((part, index) =>
    part.href === null ? (
      part.text
    ) : (
      <a key={index} href={part.href} target="_blank" rel="noopener noreferrer nofollow">
        {part.text}
      </a>
    ),
  );
});
