/** A counter's window: the product's mark. */
export function Mark({ size = 26 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden focusable="false">
      <rect width="32" height="32" rx="8" fill="#29679b" />
      <path
        d="M7 22.5h18M9.5 22.5V12a6.5 6.5 0 0 1 13 0v10.5M16 5.5v17M9.5 13.5h13"
        fill="none"
        stroke="#fff"
        strokeWidth="2.2"
        strokeLinecap="round"
      />
    </svg>
  );
}
