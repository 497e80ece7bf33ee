using Orkestra.Authoring;
using Orkestra.Deployment;
using Orkestra.Deployment.Packaging;
using Orkestra.Lambda;
using Shouldly;

namespace Orkestra.Cdk.Tests.Packaging;

/// <summary>What synthesis says of functions that would synthesize and not start.</summary>
public sealed class ProgramManifestTests : IDisposable
{
    readonly DirectoryInfo temporary = Directory.CreateTempSubdirectory("orkestra-manifest-tests-");

    static readonly Step<int, string> Tell = new(count => $"{count}");

    [Fact]
    public void A_function_that_the_program_holds_is_accepted()
    {
        Check(options => options.Add(new Orders()), Orders.Tell, new Orders());
        Check(options => options.Add(new Orders()).Add(Orders.Tell), Orders.Tell, null);
    }

    [Fact]
    public void A_workflow_that_the_program_does_not_run_is_one_sentence() =>
        Refusal(options => options.Add(new Orders()), Counting.First, new Counting()).ShouldBe(
            "The program Shop does not run Counting, so the function of its step 'First' could not start: it runs Orders. Add it in its Program.cs, as in "
            + "'return await OrkestraHost.RunAsync(args, [new Orders(), new Counting()]);', or name the project that runs it with UseFunctions.");

    [Fact]
    public void A_step_of_the_CDK_project_is_one_sentence() =>
        Refusal(options => options.Add(Orders.Count), Counting.First, null).ShouldBe(
            "The program Shop has no step 'First' of Counting.cs, so its function could not start: it has Count. "
            + "Define the step in the program's project and add it there: OrkestraLambda.RunAsync(options => options.Add(…)).");

    [Fact]
    public void Another_step_of_that_name_is_one_sentence() =>
        Refusal(options => options.Add(new Orders()), Tell, null).ShouldBe(
            "The program Shop has another step 'Tell', of Orders.cs (int to string), than the one deployed, of ProgramManifestTests.cs (int to string): give one of them another name, or publish the program again.");

    [Fact]
    public void Two_steps_of_one_name_are_one_sentence() =>
        Refusal(options => options.Add(new Orders()).Add(Tell), Tell, null).ShouldBe(
            "The program Shop has several steps 'Tell', of ProgramManifestTests.cs and of Orders, so its function would not know which to run: give one of them another name.");

    [Fact]
    public void A_workflow_that_cannot_be_composed_there_is_one_sentence() =>
        Refusal(options => options.Add(new Broken()), Orders.Tell, new Broken()).ShouldBe(
            "The functions of Broken could not start in the program Shop: InvalidOperationException: no table");

    [Fact]
    public void What_Native_AOT_lacks_is_said()
    {
        var manifest = ProgramManifest.Read("Shop", """{"version":1,"functions":[{"step":"Tell","file":"Orders.cs","input":"int","output":"string","problem":"Add the type to the context."}]}"""u8.ToArray());

        Should.Throw<DeploymentException>(() => manifest.Check(Orders.Tell, null)).Message.ShouldBe("The function of 'Tell' could not start in the program Shop: Add the type to the context.");
    }

    [Fact]
    public void A_manifest_that_is_no_manifest_is_one_sentence() =>
        Should.Throw<DeploymentException>(() => ProgramManifest.Read("Shop", "[]"u8.ToArray())).Message.ShouldStartWith("The manifest of the program Shop cannot be read (");

    public void Dispose() => temporary.Delete(recursive: true);

    string Refusal(Action<LambdaOptions> program, IStep step, Workflow? workflow) => Should.Throw<DeploymentException>(() => Check(program, step, workflow)).Message;

    void Check(Action<LambdaOptions> program, IStep step, Workflow? workflow)
    {
        Manifests.Write(temporary.FullName, program);
        ProgramManifest.Read("Shop", File.ReadAllBytes(Path.Combine(temporary.FullName, ProgramManifest.FileName))).Check(step, workflow);
    }

    sealed class Broken : Workflow<int, string>
    {
        public override Flow<int, string> Define() => throw new InvalidOperationException("no table");
    }
}
