using Amazon.CDK;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.S3;
using Orkestra.Authoring;
using Orkestra.Cdk.Packaging.Fingerprints;
using Orkestra.Deployment.Packaging;

namespace Orkestra.Cdk.Packaging;

/// <summary>The assets of a program in one stack: its folder, under a name for each function that changes only when the function does.</summary>
internal sealed class ProgramAssets(Stack stack, PublishedProgram program, bool isShared)
{
    readonly Dictionary<string, Code> codes = [];
    readonly StepFingerprints? fingerprints = isShared || program.IsPlaceholder ? null : StepFingerprints.Of(program);
    AssetStaging? staged;
    Code? shared;

    public Code For(IStep step, Workflow? workflow)
    {
        if (fingerprints?.Of(step, workflow, workflow?.Compile().ErrorRules ?? "") is not { } fingerprint) return shared ??= Code.FromAsset(program.Folder);
        if (!codes.TryGetValue(fingerprint, out var code)) codes.Add(fingerprint, code = Named(fingerprint));
        return code;
    }

    // What Code.FromAsset does, with one copy of the folder in the cloud assembly for all.
    S3Code Named(string fingerprint)
    {
        staged ??= new AssetStaging(stack, FreeId("OrkestraProgram"), new AssetStagingProps { SourcePath = program.Folder });
        var location = stack.Synthesizer.AddFileAsset(new FileAssetSource
        {
            FileName = staged.RelativeStagedPath(stack),
            SourceHash = fingerprint,
            Packaging = FileAssetPackaging.ZIP_DIRECTORY,
        });
        return Code.FromBucket(Bucket.FromBucketName(stack, FreeId("OrkestraAssets"), location.BucketName), location.ObjectKey);
    }

    string FreeId(string id)
    {
        var free = id;
        for (var number = 2; stack.Node.TryFindChild(free) is not null; number++) free = $"{id}{number}";
        return free;
    }
}
