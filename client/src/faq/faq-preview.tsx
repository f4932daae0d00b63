import type { Suggestion } from '#libs/contracts/index.js';
import styles from './faq-preview.module.css';

/** As it stands on the customer's screen. */
export function FaqPreview({ text, suggestions }: { text: string; suggestions: readonly Suggestion[] }) {
  return (
    <div data-testid="faq-preview">
      <p className={styles.bubble}>{text}</p>
      {suggestions.length > 0 && (
        <ul className={styles.chips}>
          {suggestions.map(({ label }, index) => (
            <li key={index}>{label}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
