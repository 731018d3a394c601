import { lazy, Suspense, useEffect, useState } from "react";
import { Outlet, useLocation } from "react-router";

import { useT } from "@/i18n";
import { PageSkeleton } from "@/ui/Skeleton";

import { PhoneHead, PhoneNav } from "./PhoneNav";
import "./shell.css";
import { SideNav } from "./SideNav";
import { useOnline } from "./useOnline";

// Not needed before the first ⌘K; the first screen does not wait for it.
const fetchFinder = async () => ({ default: (await import("./Finder")).Finder });
const Finder = lazy(fetchFinder);

/** What surrounds every screen of a workspace. */
export function Shell() {
  const t = useT();
  const [finding, setFinding] = useState(false);
  const online = useOnline();
  const { pathname } = useLocation();
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        setFinding((open) => !open);
      }
    };
    window.addEventListener("keydown", listen);
    return () => {
      window.removeEventListener("keydown", listen);
    };
  }, []);
  useEffect(() => {
    // Once all is quiet, so that the first ⌘K takes every letter typed after it.
    const later = setTimeout(() => void fetchFinder(), 1500);
    return () => {
      clearTimeout(later);
    };
  }, []);
  useEffect(() => {
    window.scrollTo(0, 0);
  }, [pathname]);
  const find = () => {
    setFinding(true);
  };
  return (
    <div className="shell">
      <a className="skip" href="#content">
        {t("shell.skip")}
      </a>
      <SideNav onFind={find} />
      <PhoneHead onFind={find} />
      <main className="content" id="content" tabIndex={-1}>
        {!online && (
          <div className="offline-bar" role="status">
            {t("shell.offline")}
          </div>
        )}
        <Suspense fallback={<PageSkeleton />}>
          <Outlet />
        </Suspense>
      </main>
      <PhoneNav />
      {finding && (
        <Suspense fallback={null}>
          <Finder onClose={() => { setFinding(false); }} />
        </Suspense>
      )}
    </div>
  );
}
