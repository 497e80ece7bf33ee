using Microsoft.Extensions.DependencyInjection;
using Orkestra.Authoring;
using Orkestra.CommandLine.Terminal;

namespace Orkestra.CommandLine.Tests;

/// <summary>A run of the host with its outputs kept.</summary>
internal sealed record HostRun(int ExitCode, string Output, string Error)
{
    public static Task<HostRun> OfAsync<TWorkflow>(params string[] args)
        where TWorkflow : Workflow, new() => OfAsync(() => new TWorkflow(), args);

    public static async Task<HostRun> OfAsync(Func<Workflow> make, string[] args, Action<IServiceCollection>? configure = null, byte[]? input = null, IReadOnlyList<Workflow>? others = null)
    {
        var (output, error) = (new StringWriter { NewLine = "\n" }, new StringWriter { NewLine = "\n" });
        var code = await OrkestraHost.RunAsync(new WorkflowChoice(make, () => others ?? []), args, configure, new Streams(output, error, false, false, () => new MemoryStream(input ?? [])));
        return new(code, output.ToString(), error.ToString());
    }
}
