import { type ReactNode, useEffect, useRef } from "react";

interface PageProps {
  title: string;
  /** Line above the title: the kind of the page's subject. */
  eyebrow?: ReactNode;
  /** Replaces the title as the heading of the page. Default: the title. */
  heading?: ReactNode;
  lead?: ReactNode;
  children: ReactNode;
}

let isFirstPage = true;

/** Page with its title. Screen readers read the title when the page opens. */
export function Page({ title, eyebrow, heading, lead, children }: PageProps) {
  const top = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Tributary`;
  }, [title]);
  useEffect(() => {
    if (!isFirstPage) {
      window.scrollTo(0, 0);
      top.current?.focus({ preventScroll: true });
    }
    isFirstPage = false;
  }, []);
  return (
    <article>
      <header className="page-head">
        {eyebrow && <p className="eyebrow">{eyebrow}</p>}
        <h1 ref={top} tabIndex={-1}>
          <bdi>{heading ?? title}</bdi>
        </h1>
        {lead && <div className="lead">{lead}</div>}
      </header>
      {children}
    </article>
  );
}

interface SectionProps {
  title: string;
  about?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

export function Section({ title, about, actions, children }: SectionProps) {
  const id = `s-${title.toLowerCase().replaceAll(/\W+/g, "-")}`;
  return (
    <section aria-labelledby={id}>
      <div className="section-head">
        <h2 id={id}>{title}</h2>
        {actions && <div className="actions">{actions}</div>}
      </div>
      {about && <p className="about">{about}</p>}
      {children}
    </section>
  );
}
