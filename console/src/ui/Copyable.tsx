import { CheckOutlined, CopyOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";

import { useT } from "@/i18n";

/** Text to be taken elsewhere: a key, an address, a snippet. */
export function Copyable({ text, label }: { text: string; label: string }) {
  const t = useT();
  const [copied, setCopied] = useState(false);
  const copy = () => {
    void navigator.clipboard.writeText(text).then(() => {
      setCopied(true);
      setTimeout(() => {
        setCopied(false);
      }, 2000);
    });
  };
  return (
    <div className="copyable">
      <pre aria-label={label} tabIndex={0}>{text}</pre>
      <Button icon={copied ? <CheckOutlined /> : <CopyOutlined />} onClick={copy}>
        {copied ? t("common.copied") : t("common.copy")}
      </Button>
    </div>
  );
}
