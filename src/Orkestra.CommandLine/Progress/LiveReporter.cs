using Orkestra.Engine;
using Orkestra.Hosting.Histories;
using Spectre.Console;

namespace Orkestra.CommandLine.Progress;

/// <summary>
/// Shows the states of a run in a terminal, as a tree that moves while the run goes on and stays when it has ended. Dispose it when the run has ended; that draws the tree for the last time.
/// </summary>
public sealed class LiveReporter : IRunReporter
{
    static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(80);

    readonly Lock gate = new();
    readonly HistoryTree model = new();
    readonly RunTree tree;
    readonly ManualResetEventSlim ended = new();
    readonly Task drawing;

    /// <summary>Begins to draw.</summary>
    /// <param name="to">The terminal, such as <see cref="Console.Error"/>.</param>
    /// <param name="workflow">The name of the workflow, which stands above the tree.</param>
    public LiveReporter(TextWriter to, string workflow)
        : this(AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(to) }), workflow, TimeProvider.System)
    {
    }

    internal LiveReporter(IAnsiConsole console, string workflow, TimeProvider clock)
    {
        tree = new RunTree(model, workflow);
        drawing = Task.Factory.StartNew(() => Draw(console, clock), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Shows an event of the run. Safe to call while the tree is drawn, by one thread at a time and in the order of the events.</summary>
    /// <param name="happened">The event.</param>
    public void OnEvent(HistoryEvent happened)
    {
        lock (gate) model.Apply(happened);
    }

    /// <summary>Draws the tree as it is, and ends drawing.</summary>
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
