using Microsoft.Extensions.DependencyInjection;
using Orkestra.Authoring;

namespace Orkestra.Extensions.Hosting.Tests;

/// <summary>Its step is a class that the container makes in a scope of its own.</summary>
public sealed class Greeting : Workflow<string, string>
{
    static readonly Step<string, string> Greet = Step.Handled<Greeter, string, string>();

    public override Flow<string, string> Define() => Greet;
}

public sealed class Greeter(Phrases phrases, Visit visit) : IStepHandler<string, string>
{
    public Task<string> HandleAsync(string input, StepContext context)
    {
        visit.Log.Add(visit);
        return Task.FromResult($"{phrases.Hello}, {input}!");
    }
}

public sealed record Phrases(string Hello);

public sealed class VisitLog : List<Visit>;

public sealed class Visit(VisitLog log) : IDisposable
{
    public VisitLog Log => log;

    public bool IsDisposed { get; private set; }

    public void Dispose() => IsDisposed = true;
}

/// <summary>Waits for the gate without keeping its thread, and does not look at its token.</summary>
public sealed class Waiting : Workflow<int, int>
{
    static readonly Step<int, int> Pass = new(async (number, context) =>
    {
        await context.Services.GetRequiredService<Gate>().PassAsync(context.CancellationToken);
        return number + 1;
    });

    public override Flow<int, int> Define() => Pass;
}

/// <summary>Waits for the gate and keeps its thread.</summary>
public sealed class Blocking : Workflow<int, int>
{
    static readonly Step<int, int> Pass = new((number, context) =>
    {
        context.Services.GetRequiredService<Gate>().PassAsync(context.CancellationToken).GetAwaiter().GetResult();
        return number + 1;
    });

    public override Flow<int, int> Define() => Pass;
}

/// <summary>Made with a service of the container.</summary>
public sealed class Doubling(Phrases phrases) : Workflow<int, int>
{
    static readonly Step<int, int> Double = new(number => number * 2);

    public override string Name => phrases.Hello;

    public override Flow<int, int> Define() => Double;
}
