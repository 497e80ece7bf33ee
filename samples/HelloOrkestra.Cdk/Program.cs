using Amazon.CDK;
using Orkestra.Cdk;

var app = new App();
app.UseFunctions(new FunctionPackage("../HelloOrkestra"));
_ = new HelloOrkestraStack(app, "HelloOrkestra");
app.Synth();
