using System.Runtime.CompilerServices;
using Amazon.CDK;
using Constructs;
using Orkestra.Authoring;
using Orkestra.Cdk.Packaging;
using Orkestra.Deployment.Packaging;

namespace Orkestra.Cdk;

/// <summary>
/// The program that holds the steps: a project, which is published once an app, or a folder it was published to.
/// </summary>
/// <remarks>
/// The program calls <c>OrkestraLambda.RunAsync</c>. A project is published with <c>-p:OrkestraLambda=true</c>, so that what only a local run uses can stay behind.
/// Publishing has outputs of its own in the temporary folder and leaves the project's alone.
/// </remarks>
/// <example><code>app.UseFunctions(new FunctionPackage("../HelloOrkestra"));</code></example>
public sealed class FunctionPackage
{
    /// <summary>
    /// The context value that names a published folder to use instead of any package, as in <c>cdk synth -c orkestra:functions=out</c>: nothing is published then.
    /// </summary>
    public const string FolderContext = "orkestra:functions";

    static readonly ConditionalWeakTable<Construct, FunctionPackage> Packages = [];

    readonly ConditionalWeakTable<Stack, Dictionary<string, ProgramAssets>> assets = [];
    readonly string sourceFile;

    /// <summary>A package of a project or of a published folder.</summary>
    /// <param name="path">
    /// A project file, a folder with one, or a folder that a project was published to. A relative path starts at the source file that says it, else at the current
    /// folder.
    /// </param>
    /// <param name="sourceFile">Given by the compiler.</param>
    public FunctionPackage(string path, [CallerFilePath] string sourceFile = "")
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Path = path;
        this.sourceFile = sourceFile;
    }

    /// <summary>The project or folder as it was given.</summary>
    public string Path { get; }

    /// <summary>
    /// Publishes with Native AOT for the runtime <c>provided.al2023</c> instead of the managed <c>dotnet10</c>; false by default. It starts in a fraction of the time, and has
    /// to be published on Linux for the processor of the functions: for the other processor than the machine's own with the tools for it (docs/lambda.md). The managed program
    /// runs on both. A published folder tells by what is in it.
    /// </summary>
    public bool NativeAot { get; init; }

    /// <summary>The build configuration; <c>Release</c> by default.</summary>
    public string Configuration { get; init; } = "Release";

    /// <summary>Further arguments of <c>dotnet publish</c>; none by default.</summary>
    public IReadOnlyList<string> PublishArguments { get; init; } = [];

    /// <summary>
    /// Whether the program is started once, to say what functions it holds, before they are deployed; true by default. A function that could not start is then refused by name: its
    /// workflow or step is not in the program, or Native AOT lacks the JSON of its types. A published executable for another processor than this machine's is started where it
    /// was published instead: <c>ORKESTRA_MANIFEST=orkestra-manifest.json ./bootstrap</c> writes what it holds, and synthesis reads the file beside it.
    /// </summary>
    public bool CheckFunctions { get; init; } = true;

    /// <summary>
    /// Whether all functions of the program change when any part of it does; false by default. Otherwise each function has an asset that is named by the code its step can reach:
    /// a deployment leaves alone the functions, and their versions, that a change does not concern. All assets are of one folder, and each is uploaded when it is new. Code that is
    /// only reached by reflection over names is not seen; set this to true for such a program. The functions of an executable from a published folder, and of steps that are
    /// in no static field, always share one asset.
    /// </summary>
    public bool SharedAsset { get; init; }

    /// <summary>Makes this the package of a scope and of all below it that name none.</summary>
    internal void UseIn(Construct scope) => Packages.AddOrUpdate(scope, this);

    /// <summary>The package of a scope: the context's, else the nearest one above.</summary>
    internal static FunctionPackage? Of(Construct scope)
    {
        if (scope.Node.TryGetContext(FolderContext) is string folder) return Given(folder);
        foreach (var above in scope.Node.Scopes.Reverse())
        {
            if (above is Construct construct && Packages.TryGetValue(construct, out var package)) return package;
        }

        return null;
    }

    /// <summary>The published program, in the form this scope's stack can use.</summary>
    /// <param name="scope">The scope.</param>
    /// <param name="arm">Whether the functions are for arm64; null when the program may decide.</param>
    /// <param name="step">The step of the function.</param>
    /// <param name="workflow">The workflow that the program knows it by; null for a step by its own name.</param>
    internal FunctionCode CodeFor(Construct scope, bool? arm, IStep step, Workflow? workflow)
    {
        var package = scope.Node.TryGetContext(FolderContext) is string folder ? Given(folder) : this;
        var stack = Stack.Of(scope);
        var program = Refusals.Of(() => package.Publish(stack.BundlingRequired, arm));
        var inStack = package.assets.GetOrCreateValue(stack);
        if (!inStack.TryGetValue(program.Folder, out var assets))
        {
            Refusals.Of(program.CheckLibrary);
            inStack.Add(program.Folder, assets = new ProgramAssets(stack, program, package.SharedAsset));
        }

        return new FunctionCode(program, assets.For(step, workflow), package.CheckFunctions && !program.IsPlaceholder);
    }

    static readonly Dictionary<string, FunctionPackage> GivenFolders = [];

    static FunctionPackage Given(string folder)
    {
        if (!GivenFolders.TryGetValue(folder, out var package)) GivenFolders.Add(folder, package = new FunctionPackage(folder, ""));
        return package;
    }

    PublishedProgram Publish(bool needed, bool? arm)
    {
        var path = PackagePath.Find(Path, sourceFile);
        if (PackagePath.ProjectIn(path) is { } project)
            return needed ? ProjectPublisher.Publish(new PublishRequest(project, Configuration, NativeAot, arm ?? true, PublishArguments)) : PublishedProgram.Placeholder(project, NativeAot);
        var program = PublishedProgram.In(path) ?? throw new SynthesisException(
            $"The folder {path} holds neither a project nor a published program: name a project, or run 'dotnet publish' into it first.");
        if (arm is { } asked) program.CheckProcessor(asked);
        return program;
    }
}
