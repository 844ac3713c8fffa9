//! The whole worker on an invented company: server, job, progress, report.

use std::{path::PathBuf, time::Duration};

use anyhow::{Context as _, bail};
use filing_model::Report;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use reqwest::Client;
use serde::Deserialize;
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};

use super::{output, stdout, summary};
use crate::{
    answers, app, bundle,
    config::{Config, Variables},
    server::{self, Parts},
    source::Source,
};

/// The company of the bundled recording.
const TICKER: &str = "NWND";

const BETWEEN_QUESTIONS: Duration = Duration::from_millis(100);

/// `worker-http demo`
#[derive(Debug, clap::Args)]
pub(crate) struct DemoArgs {
    /// Ends after the report: writes the page into ./reports and prints its path
    #[arg(long)]
    once: bool,
}

/// Embedded defaults whatever the environment says: no key, no network, no data of the user's is touched.
pub(super) async fn run(args: &DemoArgs, config: &Config) -> anyhow::Result<()> {
    let stop = server::stop_signal()?;
    let data_dir = tempfile::tempdir().context("no folder for the demo can be made")?;
    let demo = Demo::start(data_dir.path(), config.server.port.unwrap_or(0)).await?;
    tokio::pin!(stop);
    let shown = tokio::select! {
        shown = demo.show(args.once) => shown,
        () = &mut stop => return demo.stop().await,
    };
    if shown.is_ok() && !args.once {
        stop.await;
    }
    demo.stop().await.and(shown)
}

/// A worker on embedded defaults, and a client that speaks to it as anybody would.
struct Demo {
    address: String,
    client: Client,
    stop: oneshot::Sender<()>,
    server: JoinHandle<std::io::Result<()>>,
}

/// The answer of the status route.
#[derive(Deserialize)]
struct JobStatus {
    #[serde(rename = "status")]
    state: String,
    progress: u64,
    current_step: String,
    report_id: Option<String>,
    error: Option<String>,
}

impl Demo {
    async fn start(data_dir: &std::path::Path, port: u16) -> anyhow::Result<Self> {
        let config = Config::read(&Variables::default())?;
        let parts = Parts {
            engine: app::sqlite(data_dir).await?,
            source: Source::at_hand(bundle::recording()?),
            pipeline: app::pipeline(&config.analysis, answers::for_this_run())?,
        };
        let listener = TcpListener::bind(("127.0.0.1", port))
            .await
            .with_context(|| format!("cannot listen on port {port}; without PORT a free one is taken"))?;
        let address = format!("http://{}", listener.local_addr()?);
        let (stop, stopped) = oneshot::channel::<()>();
        let server = tokio::spawn(async move {
            // A sender that is gone stops the server as well.
            let stopped = async { stopped.await.unwrap_or(()) };
            server::serve(listener, parts, &config, stopped).await
        });
        Ok(Self { address, client: Client::builder().no_proxy().build()?, stop, server })
    }

    async fn stop(self) -> anyhow::Result<()> {
        // The connections that the client keeps open would hold up the server.
        drop(self.client);
        let _ = self.stop.send(());
        Ok(self.server.await??)
    }

    /// Makes one report, says what is in it, and prints where it is.
    async fn show(&self, once: bool) -> anyhow::Result<()> {
        eprintln!("  The worker listens on {}", self.address);
        let report_id = self.report().await?;
        let report = self.get(&format!("/reports/{report_id}.json")).await?.json::<Report>().await?;
        eprintln!("{}\n{}\n", summary::summary(&report), summary::closing(&report));
        if once {
            let file = write_page(&self.get(&format!("/reports/{report_id}")).await?.text().await?, &report)?;
            return Ok(stdout::line(&file.display().to_string())?);
        }
        eprintln!("  The report is at the address below; all are listed at {}/", self.address);
        eprintln!("  Ctrl-C ends the worker and forgets everything.\n");
        Ok(stdout::line(&format!("{}/reports/{report_id}", self.address))?)
    }

    async fn get(&self, path: &str) -> reqwest::Result<reqwest::Response> {
        self.client.get(format!("{}{path}", self.address)).send().await?.error_for_status()
    }

    /// Asks for a report and watches until it is there.
    async fn report(&self) -> anyhow::Result<String> {
        let asked = serde_json::json!({ "ticker": TICKER });
        let answer =
            self.client.post(format!("{}/generate-report", self.address)).json(&asked).send().await?;
        let accepted: serde_json::Value = answer.error_for_status()?.json().await?;
        let job_id = accepted["job_id"].as_str().unwrap_or_default().to_owned();
        eprintln!("  Job {job_id} was accepted: a report on {TICKER}");
        let line = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
        line.set_style(ProgressStyle::with_template("  {wide_msg}").context("the template is right")?);
        let ended = self.watch(&job_id, &line).await;
        line.finish_and_clear();
        ended
    }

    async fn watch(&self, job_id: &str, line: &ProgressBar) -> anyhow::Result<String> {
        let mut last_step = String::new();
        loop {
            let status: JobStatus = self.get(&format!("/jobs/{job_id}/status")).await?.json().await?;
            line.set_message(format!("{:>3}%  {}", status.progress, status.current_step));
            if !console::user_attended_stderr() && status.current_step != last_step {
                eprintln!("{TICKER} {}% {}", status.progress, status.current_step);
            }
            match (status.state.as_str(), status.report_id) {
                ("completed", Some(report_id)) => return Ok(report_id),
                ("failed", _) => bail!("the demo failed: {}", status.error.unwrap_or_default()),
                _ => last_step = status.current_step,
            }
            tokio::time::sleep(BETWEEN_QUESTIONS).await;
        }
    }
}

fn write_page(page: &str, report: &Report) -> anyhow::Result<PathBuf> {
    let folder = PathBuf::from("reports");
    let file = folder.join(format!("{}.html", output::file_stem(report)));
    let refused = |source| output::OutputError::Write { path: file.clone(), source };
    std::fs::create_dir_all(&folder).map_err(refused)?;
    std::fs::write(&file, page).map_err(refused)?;
    Ok(file)
}
