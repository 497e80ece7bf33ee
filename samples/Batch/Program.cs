using Amazon.CDK;
using Orkestra.Cdk;

var app = new App();
app.UseFunctions(new FunctionPackage("../Orders"));
_ = new BatchStack(app, "Batch");
app.Synth();
