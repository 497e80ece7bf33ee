using Orkestra.Cli.Apps;
using Shouldly;
using Xunit;

namespace Orkestra.Cli.Tests;

public sealed class StepProgramTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("orkestra-program").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_rebuilt_assembly_is_loaded_although_it_was_looked_at_just_before()
    {
        var assembly = Path.Combine(folder, "app.dll");
        File.Copy(Path.Combine(AppContext.BaseDirectory, "HelloOrkestra.dll"), assembly);
        var program = new StepProgram(assembly);
        var before = Names(program);
        File.Copy(Path.Combine(AppContext.BaseDirectory, "SingleStep.dll"), assembly, overwrite: true);
        File.SetLastWriteTimeUtc(assembly, File.GetLastWriteTimeUtc(assembly).AddSeconds(2));
        Names(program);
        program.LookAtNextUse();
        Names(program).ShouldNotBe(before);
    }

    static string[] Names(StepProgram program) => [.. program.Workflows.Select(workflow => workflow.Workflow.Name)];
}
