using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orkestra.Authoring;
using Orkestra.Extensions.Hosting.Workers;
using Orkestra.Hosting;
using Shouldly;
using Xunit;

namespace Orkestra.Client.Tests;

/// <summary>The code of <c>docs/workers.md</c>.</summary>
public sealed class WorkersPage
{
    public sealed record Video(string Name);

    public static class Encoder
    {
        public static Task<string> RunAsync(Video video, CancellationToken cancellationToken) =>
            cancellationToken.IsCancellationRequested ? Task.FromCanceled<string>(cancellationToken) : Task.FromResult($"{video.Name}.mp4");
    }

    public sealed class Rendering : Workflow<Video, string>
    {
        public static readonly Step<Video, string> Render = new(async (video, context) => await Encoder.RunAsync(video, context.CancellationToken))
        {
            Host = StepHost.Worker,
            Heartbeat = TimeSpan.FromSeconds(30),
        };

        public override Flow<Video, string> Define() => Render;
    }

    [Fact]
    public async Task A_worker_step_runs_in_the_process_and_a_host_works_for_it()
    {
        (await new Rendering().RunAsync(new Video("holiday"), cancellationToken: TestContext.Current.CancellationToken)).ShouldBe("holiday.mp4");

        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddOrkestraWorker(worker => worker.AddWorkflow<Rendering>());
        using var host = builder.Build();
        host.Services.GetServices<IHostedService>().ShouldNotBeEmpty();
    }
}
