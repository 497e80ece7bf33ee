using Orkestra.Authoring;
using Orkestra.Extensions.Hosting;
using Shouldly;
using Xunit;

namespace Orkestra.CommandLine.Tests.Terminal;

/// <summary>The program of <c>docs/schedules.md</c>, started. <see cref="ServeTests"/> looks at the schedules of a program that is served.</summary>
public sealed class SchedulesPage
{
    public sealed class DailyReport : Workflow<Nothing, string>
    {
        static readonly Step<Nothing, string> Write = new(_ => "written");

        public override Flow<Nothing, string> Define() => Write;
    }

    [Fact]
    public async Task A_program_with_a_schedule_has_the_other_commands_too() => (await RunAsync(["asl"])).ShouldBe(0);

    static async Task<int> RunAsync(string[] args)
    {
        return await OrkestraHost.RunAsync<DailyReport>(args, services => services.AddOrkestra(orkestra =>
            orkestra.AddSchedule<DailyReport>("0 8 * * *")));
    }
}
