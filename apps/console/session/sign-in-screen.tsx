import { Alert, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { api, dataOf, type Failure, type Session } from '../client';
import { WORDS } from '../words/labels';

interface Fields {
  readonly name: string;
  readonly password: string;
}

export function SignInScreen({ onSignedIn }: { onSignedIn: (session: Session) => void }) {
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isBusy, setBusy] = useState(false);
  const send = (fields: Fields): void => {
    setBusy(true);
    setFailure(null);
    dataOf(api.POST('/api/session', { body: { name: fields.name.trim(), password: fields.password } }))
      .then(onSignedIn, setFailure)
      .finally(() => setBusy(false));
  };
  return (
    <div className="sign-in">
      <div className="sign-in-card">
        <h1>{WORDS.product}</h1>
        <p className="quiet">{WORDS.subtitle}</p>
        <Form<Fields> layout="vertical" requiredMark={false} onFinish={send}>
          <Form.Item name="name" label={WORDS.name} rules={[{ required: true, message: WORDS.nameMissing }]}>
            <Input autoFocus autoComplete="username" />
          </Form.Item>
          <Form.Item
            name="password"
            label={WORDS.password}
            rules={[{ required: true, message: WORDS.passwordMissing }]}
          >
            <Input.Password autoComplete="current-password" />
          </Form.Item>
          {failure !== null && <Alert type="error" showIcon title={failure.message} style={{ marginBottom: 16 }} />}
          <Button type="primary" htmlType="submit" block loading={isBusy}>
            {WORDS.signIn}
          </Button>
        </Form>
        <p className="quiet small">{WORDS.signInNote}</p>
      </div>
    </div>
  );
}
