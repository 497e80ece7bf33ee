using Amazon.CDK;
using Amazon.CDK.Assertions;

namespace Orkestra.Cdk.Tests;

/// <summary>What tests with a stack share.</summary>
[Collection(Synthesis.Name)]
public abstract class CdkTest : IDisposable
{
    readonly Lazy<(App App, Stack Stack)> made;
    readonly DirectoryInfo temporary = Directory.CreateTempSubdirectory("orkestra-cdk-tests-");

    protected CdkTest()
    {
        Synthesis.Needed();
        made = new(() =>
        {
            var app = new App(new AppProps { Outdir = Path.Combine(temporary.FullName, "out") });
            app.UseFunctions(new FunctionPackage(PublishedFolder) { CheckFunctions = false });
            return (app, new Stack(app, "Test"));
        });
    }

    protected App App => made.Value.App;

    protected Stack Stack => made.Value.Stack;

    /// <summary>A folder as a project of the managed runtime is published to.</summary>
    protected string PublishedFolder
    {
        get
        {
            var folder = Path.Combine(temporary.FullName, "published");
            if (!Directory.Exists(folder))
            {
                Directory.CreateDirectory(folder);
                File.WriteAllText(Path.Combine(folder, "Functions.dll"), "");
                File.WriteAllText(Path.Combine(folder, "Functions.runtimeconfig.json"), "{}");
            }

            return folder;
        }
    }

    protected string TemporaryFolder(string name) => Directory.CreateDirectory(Path.Combine(temporary.FullName, name)).FullName;

    protected Template Template => Amazon.CDK.Assertions.Template.FromStack(Stack);

    /// <summary>Synthesises the app and reads the stack's template back from the file.</summary>
    protected SynthesisedTemplate Synthesised() => new(File.ReadAllText(App.Synth().GetStackByName(Stack.StackName).TemplateFullPath));

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        temporary.Delete(recursive: true);
    }
}
