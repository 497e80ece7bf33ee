using Orkestra.Engine;
using Orkestra.Hosting.Histories;
using Spectre.Console;

namespace Orkestra.CommandLine.Progress;

/// <summary>Shows the states as a tree that moves while the run goes on, and stays when it has ended.</summary>
internal sealed class LiveReporter : IRunReporter
{
    static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(80);

    readonly Lock gate = new();
    readonly HistoryTree model = new();
    readonly RunTree tree;
    readonly ManualResetEventSlim ended = new();
    readonly Task drawing;

    public LiveReporter(TextWriter to, string workflow)
        : this(AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(to) }), workflow, TimeProvider.System)
    {
    }

    internal LiveReporter(IAnsiConsole console, string workflow, TimeProvider clock)
    {
        tree = new RunTree(model, workflow);
        drawing = Task.Factory.StartNew(() => Draw(console, clock), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public void OnEvent(HistoryEvent happened)
    {
        lock (gate) model.Apply(happened);
    }

    public void Dispose()
    {
        ended.Set();
        drawing.GetAwaiter().GetResult();
        ended.Dispose();
    }

    void Draw(IAnsiConsole console, TimeProvider clock) => console.Live(new Text("")).AutoClear(false).Overflow(VerticalOverflow.Crop).Cropping(VerticalOverflowCropping.Top).Start(context =>
    {
        bool isLast;
        do
        {
            isLast = ended.Wait(Pace);
            lock (gate) context.UpdateTarget(tree.Render(clock.GetUtcNow()));
        }
        while (!isLast);
    });
}
